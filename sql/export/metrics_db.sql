-- The four tables of the contract as real tables, in the attached database `exported`.
create table exported.job_metrics (
  id uuid primary key,
  job_id varchar not null,
  plugin varchar not null,
  device varchar not null,
  status varchar not null,
  duration_ms integer,
  created_at timestamp not null,
  completed_at timestamp,
  error_message varchar
);
create table exported.plugin_metrics (
  id uuid primary key,
  job_id varchar not null,
  plugin varchar not null,
  tool varchar not null,
  duration_ms integer,
  success boolean not null,
  created_at timestamp not null
);
create table exported.overlay_metrics (
  id uuid primary key,
  job_id varchar not null,
  frame_index integer,
  render_time_ms integer,
  dropped_frames integer not null,
  fps float,
  created_at timestamp not null
);
create table exported.device_usage (
  id uuid primary key,
  job_id varchar not null,
  device_requested varchar not null,
  device_used varchar not null,
  fallback boolean not null,
  created_at timestamp not null
);
insert into exported.job_metrics from job_metrics order by created_at, id;
insert into exported.plugin_metrics from plugin_metrics order by created_at, id;
insert into exported.overlay_metrics from overlay_metrics order by created_at, id;
insert into exported.device_usage from device_usage order by created_at, id;
